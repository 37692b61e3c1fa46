import { hardCuts } from './scenes/cuts.ts'

hardCuts({ writes: 300, faultEvery: 12, chiefs: 2 })
