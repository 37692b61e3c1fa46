import { strikes } from './scenes/cluster.ts'

strikes({ nodes: 2, chiefs: 2, tabs: 1, writes: 30, strikes: ['kill -9 of a server', 'kill -9 of Redis'] })
