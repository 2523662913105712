import { fairFigures } from './bench/fair.ts'
console.log(await fairFigures((s)=>console.log(new Date().toISOString(), s)))
