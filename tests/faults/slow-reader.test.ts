import { slowReaders } from './scenes/slow-reader.ts'

slowReaders({ readers: 10, rounds: 24 })
