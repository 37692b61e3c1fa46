import { freshSeed, longRunMs } from '../kit/seed.ts'
import { rest } from '../scenes/rest.ts'

rest({ seed: freshSeed(), rounds: 3, forMs: longRunMs(0.5), runs: 15, done: 90, mayGrowMb: 12 })
