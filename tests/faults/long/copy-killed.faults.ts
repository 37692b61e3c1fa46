import { copyKilled } from '../scenes/copy-killed.ts'

copyKilled({ notifications: 200_000, writes: 300 })
