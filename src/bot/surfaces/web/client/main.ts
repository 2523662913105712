import { html, render } from 'htm/preact'
import { DraftPage } from './draft/draft-page.ts'
import { ListPage } from './list/list-page.ts'
import { Messages } from './say.ts'

const [, draftId] = /^\/draft\/([^/]+)$/.exec(location.pathname) ?? []
const page = draftId === undefined ? html`<${ListPage} />` : html`<${DraftPage} draftId=${draftId} />`
const app = document.getElementById('app')
if (app) render(html`${page}<${Messages} />`, app)
