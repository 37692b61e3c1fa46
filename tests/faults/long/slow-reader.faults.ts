import { slowReaders } from '../scenes/slow-reader.ts'

slowReaders({ readers: 30, rounds: 60 })
