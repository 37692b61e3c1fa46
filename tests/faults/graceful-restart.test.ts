import { gracefulRestarts } from './scenes/restarts.ts'

gracefulRestarts({ chiefs: 2, restarts: 1, writesBetween: 120 })
