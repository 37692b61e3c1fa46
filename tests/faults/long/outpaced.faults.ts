import { outpaced } from '../scenes/outpaced.ts'

outpaced({ rows: 80 })
