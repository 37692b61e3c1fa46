import { noise } from '../scenes/noise.ts'

noise({ sockets: 3_000, writes: 1_000 })
