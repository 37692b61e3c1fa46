import { freshSeed, longRunMs } from '../kit/seed.ts'
import { bytes } from '../scenes/bytes.ts'

bytes({ seed: freshSeed(), requests: 2_000, forMs: longRunMs(0.2), atOnce: 16, mayGrowMb: 8 })
