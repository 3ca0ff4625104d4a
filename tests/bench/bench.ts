import { deliverySections } from './measures/deliveries.ts';
import { table } from './table.ts';
async function main(){
  const only = process.argv[2];
  for (const s of deliverySections) if (!only || s.name===only) { console.log(s.title); console.log(table(await s.run({isQuick:true}))); }
}
main().then(()=>process.exit(0),(e)=>{console.error(e);process.exit(1)});
