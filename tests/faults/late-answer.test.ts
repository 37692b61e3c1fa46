import { lateAnswers } from './scenes/late-answer.ts'

lateAnswers()
