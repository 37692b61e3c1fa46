import { deaf } from './scenes/deaf.ts'

deaf({ writes: 150, oneOf: 8 })
