import { endingTokens } from '../scenes/tokens.ts'

endingTokens({ times: 6 })
