import { herd } from '../scenes/herd.ts'

herd({ people: 100, sockets: 20, writes: 300 })
