import { retention } from '../scenes/retention.ts'

retention({ people: 10, inbox: 25_000, rows: 1_250_000, unreadEvery: 5, longestSlice: 20, forgets: true })
