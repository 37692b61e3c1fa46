import { burst } from './scenes/burst.ts'

burst({ devices: 3, notifications: 60, calls: 120 })
