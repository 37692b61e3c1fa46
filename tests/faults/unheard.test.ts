import { unheard } from './scenes/unheard.ts'

unheard({ notifications: 40 })
