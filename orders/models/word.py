"""The words orders are found by. They repeat what stands in the rows; `orders.words` derives them."""

from django.db import models

LONGEST = 40


class OrderWord(models.Model):
    """A word of what an order asks for, in the one spelling of `balai.spelling`."""

    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=LONGEST)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "order"], name="order_word_once")]
