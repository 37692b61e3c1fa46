import { neverAnswers, sleep } from './scenes/silence.ts'

neverAnswers({ mute: 12, writes: 40 })
sleep({ writes: 40, missed: 130 })
