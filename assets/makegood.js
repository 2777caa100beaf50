// Everything works without this file. With it, a few things are quicker.
import {
  Button,
  CharacterCount,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  SkipLink,
  createAll
} from 'govuk-frontend'
import './check_entry.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')

createAll(Button, { preventDoubleClick: true })
for (const component of [CharacterCount, ErrorSummary, NotificationBanner, PasswordInput, SkipLink]) {
  createAll(component)
}

// What allauth's script for passkeys could not do is said on the page.
document.addEventListener('allauth.error', (event) => {
  const trouble = document.getElementById('passkey_trouble')
  if (trouble) {
    event.preventDefault()
    trouble.hidden = false
  }
})

// A form with a growing sentence shows it when an answer changes, without the button. The browser
// reads the answered page as a document itself: nothing here turns text into a page.
for (const form of document.querySelectorAll('form[data-sentence]')) {
  const shown = document.getElementById(form.dataset.sentence)
  const status = document.getElementById(`${form.dataset.sentence}-status`)
  let asking = new XMLHttpRequest()
  form.addEventListener('change', () => {
    asking.abort()
    asking = new XMLHttpRequest()
    asking.open('POST', window.location.href)
    asking.responseType = 'document'
    asking.onload = (event) => {
      const grown = event.target.response?.getElementById(form.dataset.sentence)
      if (!grown) return
      shown.replaceChildren(...grown.childNodes)
      status.textContent = grown.dataset.said
    }
    const answers = new FormData(form)
    answers.append('see', '1')
    asking.send(answers)
  })
  form.addEventListener('submit', () => asking.abort())
}
