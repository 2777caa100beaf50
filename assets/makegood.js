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
