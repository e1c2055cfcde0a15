"""Fills a fresh forum: a member who is a councillor, a category and a topic to answer. Run by `manage.py shell`."""

from django.contrib.auth import get_user_model

from spirit.category.models import Category
from spirit.comment.models import Comment
from spirit.topic.models import Topic

User = get_user_model()
member = User.objects.create_user(
    username="CllrAlexMorgan", email="alex.morgan@example.org", password="a-password-for-tests"
)
member.st.is_verified = True
member.st.nickname = "Cllr Alex Morgan"
member.st.save()
neighbour = User.objects.create_user(username="PriyaNandra", email="priya@example.org", password="another-one")
category = Category.objects.create(title="Libraries and leisure")
topic = Topic.objects.create(title="Park Road library", user=neighbour, category=category)
text = "When does it open again?"
Comment.objects.create(user=neighbour, topic=topic, comment=text, comment_html=f"<p>{text}</p>")
topic.increase_comment_count()
