import { copyKilled } from './scenes/copy-killed.ts'

copyKilled({ notifications: 4_000, writes: 40 })
