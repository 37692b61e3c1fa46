import { noLeak } from '../scenes/leak.ts'

noLeak({ connects: 20_000 })
