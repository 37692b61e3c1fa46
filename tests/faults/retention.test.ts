import { retention } from './scenes/retention.ts'

// A machine that runs other tests stands still for longer than any work takes: how long is judged at full size.
retention({
  people: 3,
  inbox: 400,
  rows: 4_800,
  unreadEvery: 5,
  longestSlice: Number.POSITIVE_INFINITY,
  forgets: false,
})
