import { rollingRestart } from '../scenes/cluster.ts'

rollingRestart({ nodes: 3, chiefs: 4, tabs: 8, writes: 150 })
