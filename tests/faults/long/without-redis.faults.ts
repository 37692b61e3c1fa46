import { withoutRedis } from '../scenes/cluster.ts'

withoutRedis({ nodes: 3, chiefs: 3, tabs: 2, writes: 100 })
