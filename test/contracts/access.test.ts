import { decisionsContract } from './access.ts'

decisionsContract()
