import { kills } from './scenes/restarts.ts'

kills({ chiefs: 2, restarts: 2, writesBetween: 120 })
