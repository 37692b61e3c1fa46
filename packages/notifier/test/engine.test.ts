import { memoryBus } from '../src/bus/memory.ts'
import { openDatabase } from '../src/database/database.ts'
import { busSuite } from '../src/testing/bus-suite.ts'
import { engineSuite } from '../src/testing/engine-suite.ts'

engineSuite('SQLite', options => openDatabase({ file: ':memory:', ...options }))
busSuite('memory', memoryBus)
