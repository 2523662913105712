/** Everyday Korean nouns that a camera can see, in English: stock footage is searched in English. */
const PAIRS = `커피 coffee|카페 cafe|차 tea|물 water|음식 food|요리 cooking|밥 rice|빵 bread|김치 kimchi|과일 fruit|채소 vegetables|고기 meat
바다 ocean|강 river|산 mountain|숲 forest|나무 tree|꽃 flower|하늘 sky|구름 clouds|비 rain|눈 snow|별 stars|달 moon|태양 sun|우주 space|지구 earth|섬 island|사막 desert|날씨 weather|기후 climate|계절 seasons
봄 spring|여름 summer|가을 autumn|겨울 winter|아침 morning|밤 night|도시 city|서울 Seoul|부산 Busan|제주도 Jeju island|한국 Korea|일본 Japan|중국 China|미국 America|유럽 Europe|세계 world|마을 village|거리 street|시장 market|학교 school|대학교 university|병원 hospital|회사 office|사무실 office|집 house|방 room|공장 factory|공원 park|도서관 library
사람 people|사람들 people|아이 child|아이들 children|가족 family|친구 friends|학생 students|선생님 teacher|의사 doctor|엄마 mother|아빠 father|할머니 grandmother|여자 woman|남자 man|손 hands|얼굴 face|뇌 brain|심장 heart|몸 body
강아지 puppy|개 dog|고양이 cat|새 bird|물고기 fish|동물 animals|곤충 insects|벌 bees|소 cow|말 horse
자동차 car|버스 bus|기차 train|지하철 subway|비행기 airplane|배 boat|자전거 bicycle|여행 travel|길 road|다리 bridge
컴퓨터 computer|노트북 laptop|휴대폰 smartphone|스마트폰 smartphone|인터넷 internet|인공지능 artificial intelligence|로봇 robot|기술 technology|과학 science|게임 video game|코딩 programming code|데이터 data|프로그램 software
책 books|영화 cinema|음악 music|노래 singing|춤 dance|그림 painting|사진 photography|미술 art|역사 history|문화 culture|전통 tradition|한복 hanbok|궁궐 palace|전쟁 war
돈 money|경제 economy|투자 investment|주식 stock market|부동산 real estate|은행 bank|사업 business|창업 startup|마케팅 marketing|직장 workplace|회의 meeting|공부 studying|교육 education|시험 exam|독서 reading
운동 exercise|축구 soccer|야구 baseball|농구 basketball|수영 swimming|달리기 running|등산 hiking|요가 yoga|건강 health|잠 sleep|수면 sleep|다이어트 diet|명상 meditation|병 illness|약 medicine
환경 environment|쓰레기 garbage|재활용 recycling|에너지 energy|전기 electricity|플라스틱 plastic|농부 farmer|농사 farming|시간 clock|아이디어 light bulb|빛 light|불 fire|색 colors|옷 clothes|패션 fashion|화장품 cosmetics|선물 gift|생일 birthday|결혼 wedding`

const GLOSSARY = new Map(
  PAIRS.split(/[|\n]/).map((pair): [string, string] => {
    const space = pair.indexOf(' ')
    return [pair.slice(0, space), pair.slice(space + 1)]
  }),
)

/** The English for a Korean noun without its particle, or null. */
export function englishFor(noun: string): string | null {
  return GLOSSARY.get(noun) ?? null
}

/** The Korean for an English noun, or null. */
export function koreanFor(english: string): string | null {
  for (const [korean, known] of GLOSSARY) if (known === english) return korean
  return null
}
