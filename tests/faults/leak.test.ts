import { noLeak } from './scenes/leak.ts'

noLeak({ connects: 2_000 })
