import { neverAnswers, sleep } from '../scenes/silence.ts'

neverAnswers({ mute: 60, writes: 500 })
sleep({ writes: 500, missed: 700 })
sleep({ writes: 100, missed: 1_200 })
