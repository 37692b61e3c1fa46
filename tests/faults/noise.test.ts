import { noise } from './scenes/noise.ts'

noise({ sockets: 150, writes: 60 })
