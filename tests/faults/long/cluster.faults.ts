import { STRIKES, type StrikeName, strikes } from '../scenes/cluster.ts'

strikes({ nodes: 3, chiefs: 3, tabs: 2, writes: 100, strikes: Object.keys(STRIKES) as StrikeName[] })
