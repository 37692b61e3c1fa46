/** Every side there is, in the order of the tables. */
import { floor, floorGroup, socketIo } from './bare.ts'
import { guide } from './guide.ts'
import { ours, oursPostgres } from './ours.ts'
import type { Side } from './side.ts'

export const SIDES: readonly Side[] = [ours, oursPostgres, floor, floorGroup, socketIo, guide]
