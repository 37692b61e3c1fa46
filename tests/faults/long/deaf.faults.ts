import { deaf } from '../scenes/deaf.ts'

deaf({ writes: 2_000, oneOf: 5 })
