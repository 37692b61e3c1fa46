import { burst } from '../scenes/burst.ts'

burst({ devices: 5, notifications: 150, calls: 1_500 })
