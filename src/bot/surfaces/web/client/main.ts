import { html, render } from 'htm/preact'

const app = document.getElementById('app')
if (app) render(html`<main>Rushes</main>`, app)
