import { gracefulRestarts, kills } from '../scenes/restarts.ts'

kills({ chiefs: 3, restarts: 8, writesBetween: 300 })
gracefulRestarts({ chiefs: 3, restarts: 4, writesBetween: 300 })
