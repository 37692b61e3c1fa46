import { hardCuts } from '../scenes/cuts.ts'

hardCuts({ writes: 3_000, faultEvery: 15, chiefs: 4 })
