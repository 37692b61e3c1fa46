import { herd } from './scenes/herd.ts'

herd({ people: 15, sockets: 20, writes: 40 })
