import { chromium } from '@playwright/test';
const base='http://localhost:8231';
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync']});
const which=process.argv[2]??'all';
async function ctx(role,w,h,lang){ const c=await b.newContext({viewport:{width:w,height:h},locale:lang==='en'?'en-US':'zh-CN'}); const r=await c.request.post(base+'/api/v1/session/demo',{data:{role},headers:{origin:base}}); if(!r.ok()) throw new Error(await r.text()); const p=await c.newPage(); p.on('console',m=>{if(m.type()==='error')console.log('console',m.text().slice(0,200))}); p.on('pageerror',e=>console.log('pageerror',e.message.slice(0,300))); return p}
const get=async(p,path)=>{const r=await p.request.get(base+path,{headers:{accept:'application/json'}}); return r.json()};
const post=async(p,path,data)=>{const r=await p.request.post(base+path,{data,headers:{origin:base,'idempotency-key':'k'+Math.random().toString(36).slice(2)+'abcdefgh'}}); return r.json()};
async function shot(p,path,name,lang,wait='.z-floor-page, .z-office-page, main'){ await p.goto(base+path+(path.includes('?')?'&':'?')+'lang='+lang); await p.waitForTimeout(1800); await p.screenshot({path:`/tmp/dm/shots/${name}-${lang}.png`,fullPage:true}); const over=await p.evaluate(()=>document.documentElement.scrollWidth-innerWidth); if(over>0) console.log(name,lang,'overflow',over)}
if(which==='all'||which==='floor'){
 let p=await ctx('dismantler',360,740,'zh');
 const cores=(await get(p,'/api/v1/cores?inStock=yes&limit=20')).items; console.log(cores.map(c=>c.code+c.state+c.grade).join(' '));
 const open=(await get(p,'/api/v1/dismantling/teardowns?state=open')).items;
 let t=open[0]; if(!t){ const c=cores.find(c=>c.grade!=='R'); t=await post(p,'/api/v1/dismantling/teardowns',{coreId:c.id}); console.log(t.id??JSON.stringify(t)) }
 await shot(p,'/floor/teardown?teardown='+t.id,'td1-phone','zh');
 p=await ctx('dismantler',360,740,'en'); await shot(p,'/floor/teardown?teardown='+t.id,'td1-phone','en');
 const plan=(await get(p,`/api/v1/dismantling/teardowns/${t.id}/plan`)).plan; if(plan&&!plan.decision) await post(p,`/api/v1/dismantling/plans/${plan.id}/decisions`,{decision:'follow'});
 await post(p,`/api/v1/dismantling/teardowns/${t.id}/joints`,{joint:plan.steps[0].joint,outcome:'undone'});
 await shot(p,'/floor/teardown?teardown='+t.id,'td2-phone','en');
 await post(p,`/api/v1/dismantling/teardowns/${t.id}/lines`,{pos:80,outcome:'missing'});
 p=await ctx('dismantler',360,740,'zh'); await shot(p,'/floor/teardown?teardown='+t.id,'td3-phone','zh');
 await shot(p,'/floor/vehicle-check','vc-phone','zh'); await shot(p,'/floor/vehicle-check?core='+cores[0]?.id,'vc2-phone','zh');
 p=await ctx('dismantler',1440,900,'zh'); await shot(p,'/floor/teardown?teardown='+t.id,'td3-desk','zh');
}
if(which==='all'||which==='office'){
 for(const lang of ['zh','en']){
 let p=await ctx('planner',1440,900,lang);
 const plans=(await get(p,'/api/v1/dismantling/plans?replanned=yes')).items; const pid=plans[0]?.id;
 await shot(p,'/office/teardown-plans','plans-desk',lang); await shot(p,'/office/teardown-plans/'+pid,'plan-desk',lang); await shot(p,'/office/teardown-damage','damage-desk',lang); 
 const part=plans[0].part.id; await shot(p,'/office/teardown-rates?part='+part,'rates-desk',lang);
 await shot(p,'/office/catalogue/parts/'+part+'?tab=dismantle','cat-desk',lang);
 const joints=(await get(p,'/api/v1/dismantling/teardowns?state=finished&limit=50')).items;
 let tj; for(const x of joints){ const j=await get(p,`/api/v1/dismantling/teardowns/${x.id}/plan`); if(j.joints.length){tj=x.id;break} }
 if(tj){ await shot(p,'/office/teardowns/'+tj,'record-desk',lang); await shot(p,'/office/teardowns/'+tj+'/balance','balance-desk',lang);} 
 let s=(await get(p,'/api/v1/dismantling/studies')).items; if(!s.length){ const a=await post(p,'/api/v1/dismantling/line-studies',{partId:part,taktSeconds:13,lines:3}); console.log(a.id??JSON.stringify(a)); const c=await post(p,'/api/v1/dismantling/crew-studies',{partId:part,from:'2026-11-23',days:2,slotMinutes:15,shifts:[{fromHour:8,toHour:12},{fromHour:13,toHour:17}],people:[{name:'王',skills:['lifting']},{name:'李',skills:[]}],zones:[]}); console.log(c.id??JSON.stringify(c)); await p.waitForTimeout(4000); s=(await get(p,'/api/v1/dismantling/studies')).items }
 await shot(p,'/office/teardown-studies','studies-desk',lang); for(const x of s.slice(0,2)) await shot(p,'/office/teardown-studies/'+x.id,'study-'+x.kind+'-desk',lang);
 await shot(p,'/office/teardown-studies?new=crew&part='+part,'crewform-desk',lang);
 const phone=await ctx('planner',360,740,lang); await shot(phone,'/office/teardown-plans/'+pid,'plan-phone',lang); await shot(phone,'/office/teardown-studies/'+s.find(x=>x.kind==='line').id,'study-line-phone',lang); await shot(phone,'/office/catalogue/parts/'+part+'?tab=dismantle','cat-phone',lang); await shot(phone,'/office/teardown-studies?new=line&part='+part,'lineform-phone',lang); await shot(phone,'/office/teardown-rates?part='+part,'rates-phone',lang);
 }
}
await b.close();
