import { noLeak } from './scenes/leak.ts'

noLeak({ connects: 3_000 })
