import { freshSeed, longRunMs } from '../kit/seed.ts'
import { socket } from '../scenes/socket.ts'

socket({ seed: freshSeed(), sockets: 500, forMs: longRunMs(0.3), atOnce: 16, withCalls: true, mayGrowMb: 12 })
