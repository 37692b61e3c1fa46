import { usualSeed } from './kit/seed.ts'
import { socket } from './scenes/socket.ts'

socket({ seed: usualSeed(), sockets: 150, atOnce: 8, withCalls: false, mayGrowMb: 60 })
