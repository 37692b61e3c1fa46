import { usualSeed } from './kit/seed.ts'
import { bytes } from './scenes/bytes.ts'

bytes({ seed: usualSeed(), requests: 400, atOnce: 8, mayGrowMb: 60 })
