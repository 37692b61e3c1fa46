import { usualSeed } from './kit/seed.ts'
import { rest } from './scenes/rest.ts'

rest({ seed: usualSeed(), rounds: 1, runs: 5, done: 40, mayGrowMb: 60 })
